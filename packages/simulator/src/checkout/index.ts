export { type CheckoutOptions, checkout } from './routes.ts'
