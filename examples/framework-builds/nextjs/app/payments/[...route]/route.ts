import { respond } from '../../../../payments.ts'

export { respond as GET, respond as OPTIONS, respond as POST }
