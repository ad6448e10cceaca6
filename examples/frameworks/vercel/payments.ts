import { createPayments } from '../payments.ts'

// api/payments/[...route].ts
export const config = { runtime: 'edge' }

const payments = createPayments('/api/payments')

export default (request: Request) => payments.fetch(request)
