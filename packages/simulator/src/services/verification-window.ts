// Identity verification in its window, as the checkout room sees the world.

import type { World } from '../context.ts'
import { type Certification, endWindow, type Person } from '../domain/certification.ts'
import { isRecord } from '../runtime/params.ts'
import { channelsOf } from './payment/open-payment.ts'

/** What the verification window may do to the simulated world. */
export interface VerificationDesk {
  /** Records a verification as requested; null when merchant, sub-merchant or channel is unknown. */
  open(request: VerificationRequest): Certification | null
  /** One that was opened; null when there is none. */
  view(impUid: string): Certification | null
  /** The person proved who they are, or (null) nobody did; the first ending stands. */
  end(impUid: string, person: Person | null): Certification
}

/** `IMP.certification`'s parameters as they came, with what the script adds. */
export interface VerificationRequest {
  readonly userCode: string
  readonly tierCode: string | null
  readonly origin: string
  readonly params: Readonly<Record<string, unknown>>
}

/** Seats the verification window in front of a simulated world and its sub-merchants. */
export function createVerificationDesk(agency: World): VerificationDesk {
  const worlds = () => [agency, ...[...agency.tiers.values()].map(({ world }) => world)]
  const worldOf = (impUid: string): World | undefined =>
    worlds().find(({ ledger }) => ledger.certifications.has(impUid))

  return {
    open: ({ userCode, tierCode, origin, params }) => {
      const world = tierCode === null ? agency : agency.tiers.get(tierCode)?.world
      const key = isRecord(params['channel']) ? params['channel']['channel_key'] : null
      const channel = channelsOf(agency, userCode)?.find(
        ({ type, channel_key }) => type === 'certification' && channel_key === key,
      )
      if (world === undefined || channel === undefined) return null
      const merchantUid = params['merchant_uid']
      const certification: Certification = {
        impUid: world.ids.impUid(),
        merchantUid: typeof merchantUid === 'string' ? merchantUid : null,
        channel,
        pgTid: `${channel.pg_id}${world.ids.digits(16)}`,
        origin,
        by: 'window',
        status: 'requested',
        person: null,
        certifiedAt: null,
      }
      world.ledger.certifications.set(certification.impUid, certification)
      return certification
    },
    view: (impUid) => worldOf(impUid)?.ledger.certifications.get(impUid) ?? null,
    end: (impUid, person) => {
      const world = worldOf(impUid)
      const held = world?.ledger.certifications.get(impUid)
      if (world === undefined || held === undefined) {
        throw new TypeError(`Cannot find verification ${impUid}: none was opened`)
      }
      const ended = endWindow(held, person, world.clock.seconds())
      world.ledger.certifications.set(impUid, ended)
      return ended
    },
  }
}
