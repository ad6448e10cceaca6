import { respond } from '../../../../payments.ts'

export const prerender = false
export const ALL = ({ request }: { request: Request }) => respond(request)
