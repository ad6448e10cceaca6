export { type CheckoutOptions, checkout } from './checkout-routes.ts'
