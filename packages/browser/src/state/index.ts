export {
  createPaymentState,
  mayPay,
  type PaymentState,
  type PaymentStateStore,
  type Running,
} from './payment-state.ts'
