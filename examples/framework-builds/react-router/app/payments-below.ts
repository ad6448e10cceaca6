import { createRespond } from '../../payments.ts'

const respond = createRespond('/api/payments')
const handle = ({ request }: { request: Request }) => respond(request)

export { handle as action, handle as loader }
