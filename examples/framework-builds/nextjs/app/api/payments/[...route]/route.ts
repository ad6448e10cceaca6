import { createRespond } from '../../../../../payments.ts'

const respond = createRespond('/api/payments')

export { respond as GET, respond as OPTIONS, respond as POST }
