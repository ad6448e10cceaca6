import { index, route } from '@react-router/dev/routes'

export default [
  index('home.ts'),
  route('payments/*', 'payments.ts'),
  route('api/payments/*', 'payments-below.ts'),
]
