export {
  createPaymentState,
  mayPay,
  type PaymentState,
  type PaymentStateStore,
} from './payment-state.ts'
