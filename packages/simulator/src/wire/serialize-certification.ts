import { type Certification, personalKey } from '../domain/certification.ts'

/** Turns a verification into the provider's JSON. */
export function serializeCertification(certification: Certification) {
  const { channel, status } = certification
  const person = status === 'certified' ? certification.person : null
  // Danal reports whether a person is a foreigner only under some contracts.
  const reportsForeigners = channel.pg_provider !== 'danal'
  const hasSiteKey = channel.pg_provider !== 'inicis_unified'
  return {
    imp_uid: certification.impUid,
    merchant_uid: certification.merchantUid,
    pg_tid: certification.pgTid,
    pg_provider: channel.pg_provider,
    name: person?.name ?? null,
    gender: person?.gender ?? null,
    birthday: person?.birthday ?? null,
    foreigner: reportsForeigners && (person?.foreigner ?? false),
    foreigner_v2: reportsForeigners ? (person?.foreigner ?? null) : null,
    phone: person?.phone ?? null,
    carrier: person?.carrier ?? null,
    certified: person !== null,
    certified_at: certification.certifiedAt ?? 0,
    unique_key: person && personalKey(person, 88),
    unique_in_site: person && hasSiteKey ? personalKey(person, 64, channel.pg_id) : null,
    origin: certification.origin,
  }
}
