import { createRespond } from '../../../../../payments.ts'

const respond = createRespond('/api/payments')

export const prerender = false
export const ALL = ({ request }: { request: Request }) => respond(request)
