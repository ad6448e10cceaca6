import { createRespond } from '../../../../../../payments.ts'

const respond = createRespond('/api/payments')

export const trailingSlash = 'ignore'
export const fallback = ({ request }: { request: Request }) => respond(request)
