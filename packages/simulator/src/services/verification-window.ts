// The operations of the identity verification's window.
import type { SimulatorContext } from '../context.ts'
import { type Certification, endVerification, type Person } from '../domain/certification.ts'
import type { Channel } from '../domain/channel/channel.ts'
import { integerOf, isRecord } from '../runtime/params.ts'
import { browserChannels } from './payment/open-payment.ts'

/** The operations of the verification window. */
export interface VerificationWindow {
  /** Records a verification as requested, or returns why no window opens. */
  open(request: VerificationRequest): OpenVerificationResult
  /** An opened verification; null when there is none. */
  view(impUid: string): Certification | null
  /** Ends a verification, with the verified person or null; a second call changes nothing. */
  end(impUid: string, person: Person | null): Certification
}

/** `IMP.certification`'s parameters unchanged, with what the script adds. */
export interface VerificationRequest {
  readonly userCode: string
  readonly tierCode: string | null
  readonly origin: string
  readonly params: Readonly<Record<string, unknown>>
}

/** A verification on record as requested, or the provider's refusal to open a window. */
export type OpenVerificationResult =
  | { readonly ok: true; readonly certification: Certification }
  | { readonly ok: false; readonly error_code: string; readonly error_msg: string }

const notReady = {
  ok: false,
  error_code: 'NOT_READY',
  error_msg: '등록 된 PG 설정 정보를 찾을 수 없습니다.',
} as const

// The code is the provider's, its text is not published.
const fieldInvalid = {
  ok: false,
  error_code: '9010',
  error_msg: '본인인증 요청 파라메터가 올바르지 않습니다.',
} as const

const danalCarriers = ['SKT', 'KTF', 'LGT', 'MVNO']

/** Makes the verification window of the agency and its sub-merchants. */
export function createVerificationWindow(agency: SimulatorContext): VerificationWindow {
  const contexts = () => [agency, ...[...agency.tiers.values()].map(({ context }) => context)]
  const contextOf = (impUid: string): SimulatorContext | undefined =>
    contexts().find(({ state }) => state.certifications.has(impUid))

  return {
    open: ({ userCode, tierCode, origin, params }) => {
      const context = tierCode === null ? agency : agency.tiers.get(tierCode)?.context
      const key = isRecord(params['channel']) ? params['channel']['channel_key'] : null
      const channel = browserChannels(agency, userCode)?.find(
        ({ type, channel_key }) => type === 'certification' && channel_key === key,
      )
      if (context === undefined || channel === undefined) return notReady
      if (!hasKnownCarrier(channel, params)) return fieldInvalid
      const merchantUid = params['merchant_uid']
      const certification: Certification = {
        impUid: context.ids.impUid(),
        merchantUid: typeof merchantUid === 'string' ? merchantUid : null,
        channel,
        pgTid: `${channel.pg_id}${context.ids.digits(16)}`,
        origin,
        method: 'window',
        status: 'requested',
        person: null,
        certifiedAt: null,
        minAge: minAgeOf(channel, params),
      }
      context.state.certifications.set(certification.impUid, certification)
      return { ok: true, certification }
    },
    view: (impUid) => contextOf(impUid)?.state.certifications.get(impUid) ?? null,
    end: (impUid, person) => {
      const context = contextOf(impUid)
      const existing = context?.state.certifications.get(impUid)
      if (context === undefined || existing === undefined) {
        throw new TypeError(`Cannot find verification ${impUid}: none was opened`)
      }
      const ended = endVerification(existing, person, context.clock.seconds())
      context.state.certifications.set(impUid, ended)
      return ended
    },
  }
}

// Other PGs ignore both parameters.
function hasKnownCarrier(
  { pg_provider }: Channel,
  { carrier = '' }: VerificationRequest['params'],
): boolean {
  return pg_provider !== 'danal' || carrier === '' || danalCarriers.includes(String(carrier))
}

function minAgeOf({ pg_provider }: Channel, params: VerificationRequest['params']): number | null {
  return pg_provider === 'danal' ? integerOf(params, 'min_age') : null
}
