import { respond } from '../../../../../payments.ts'

export const trailingSlash = 'ignore'
export const fallback = ({ request }: { request: Request }) => respond(request)
