export { type Intent, parseIntent } from './intent.ts'
export { type AppSettings, classifyNavigation, type Navigation } from './navigation.ts'
export { paymentApps, type StoreIds } from './payment-apps.ts'
