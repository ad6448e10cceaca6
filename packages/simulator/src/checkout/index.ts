export { type CheckoutOptions, checkoutRoutes } from './checkout-routes.ts'
