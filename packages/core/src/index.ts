export {
  type IdFailure,
  type ImpUid,
  type MerchantUid,
  parseImpUid,
  parseMerchantUid,
} from './ids.ts'
export { fail, ok, type Result } from './result.ts'
