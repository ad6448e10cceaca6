export { check } from './check.ts'
export { checkCertification } from './check-certification.ts'
export { checkOrder, type OrderToCheck } from './check-order.ts'
export type { ChannelRules, KeyAmount, WindowKind } from './model/channel-rules.ts'
export type { CheckContext, PaymentParameters } from './model/context.ts'
export { mayRefuse, type Problem, type Reason } from './model/problem.ts'
export type {
  CharactersRule,
  DateFormat,
  DateRule,
  ForbiddenRule,
  LengthRule,
  Need,
  NumberRule,
  RequiredRule,
  Rule,
  RuleBase,
  Strength,
  SumRule,
  ValuesRule,
} from './model/rule.ts'
export { type OrderRules, toOrderRules } from './order-rules.ts'
export { toSourceAddress } from './words/source-address.ts'
