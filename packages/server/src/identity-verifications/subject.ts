import type { Subject } from '@quayside/hono'
import type { Deps } from '../deps.ts'
import { isOrderToken } from '../orders/order-token.ts'
import { completeVerification } from './complete-verification.ts'
import { isVerificationId } from './verification-id.ts'

/** Identity verifications for the completion routes. */
export function createIdentitySubject(deps: Deps): Subject {
  return {
    name: 'identity_verification',
    owns: isVerificationId,
    complete: (notice) => completeVerification(notice, deps),
    isToken: (id, token) => isOrderToken(token, id, deps.config, deps.now()),
    messages: {
      success: { ko: '본인인증이 완료되었습니다.', en: 'Your identity is verified.' },
      failed: {
        ko: '본인인증이 완료되지 않았습니다.',
        en: 'Your identity was not verified.',
      },
      cancelled: { ko: '본인인증이 취소되었습니다.', en: 'The verification was cancelled.' },
      pending: {
        ko: '본인인증 결과를 확인하고 있습니다. 잠시 기다려 주세요.',
        en: 'We are checking the verification. Please wait a moment.',
      },
    },
  }
}
