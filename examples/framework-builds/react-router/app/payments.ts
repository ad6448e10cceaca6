import { respond } from '../../payments.ts'

const handle = ({ request }: { request: Request }) => respond(request)

export { handle as action, handle as loader }
