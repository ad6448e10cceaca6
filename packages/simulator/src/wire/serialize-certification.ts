import { type Certification, type Person, personalKey } from '../domain/certification.ts'
import type { Channel } from '../domain/channel/channel.ts'
import type { Contracts } from '../domain/contract.ts'
import { seoulOffsetMs } from '../runtime/seoul-time.ts'
import type { WireRecord } from './serialize-payment.ts'

/** Turns a verification into the provider's JSON; what a channel never reports is null, or no member at all. */
export function serializeCertification(
  certification: Certification,
  contracts: Contracts,
): WireRecord {
  const { channel, status } = certification
  const person = status === 'certified' ? certification.person : null
  const reports = reportedBy(channel, contracts)
  return {
    imp_uid: certification.impUid,
    merchant_uid: certification.merchantUid,
    pg_tid: person && certification.pgTid,
    pg_provider: channel.pg_provider,
    name: person?.name ?? null,
    gender: reports.isTestOfUnified ? null : (person?.gender ?? null),
    birth: person === null ? 0 : secondsOf(person),
    birthday: person?.birthday ?? null,
    foreigner: reports.foreigner && (person?.foreigner ?? false),
    foreigner_v2: reports.foreigner ? (person?.foreigner ?? null) : null,
    ...(reports.phone ? { phone: person?.phone ?? null } : {}),
    ...(reports.carrier ? { carrier: person?.carrier ?? null } : {}),
    certified: person !== null,
    certified_at: certification.certifiedAt ?? 0,
    unique_key: person && (reports.isTestOfUnified ? '' : personalKey(person, 88)),
    unique_in_site: person && reports.siteKey ? personalKey(person, 64, channel.pg_id) : null,
    origin: certification.origin,
  }
}

/** What a channel reports about a person besides name, birthday and gender. */
function reportedBy({ pg_provider: pgProvider, sandbox }: Channel, contracts: Contracts) {
  const isDanal = pgProvider === 'danal'
  const isCard = pgProvider === 'inicis'
  const isUnified = pgProvider === 'inicis_unified'
  const hasPhone = !isDanal || contracts.certification_phone
  return {
    phone: hasPhone && !isCard,
    carrier: hasPhone && !isCard && !isUnified,
    foreigner: !isDanal || contracts.certification_foreigner,
    siteKey: !isUnified,
    // Its test service gives every buyer the same empty CI.
    isTestOfUnified: isUnified && sandbox,
  }
}

// Midnight in Seoul; negative before 1970.
function secondsOf({ birthday }: Person): number {
  return (Date.parse(`${birthday}T00:00:00Z`) - seoulOffsetMs) / 1000
}
