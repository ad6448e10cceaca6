import { cardPgDuties } from './card-pg-duties.ts'
import { commonDuties } from './common-duties.ts'
import type { Duty } from './duty.ts'
import { ksnetDuties } from './ksnet-duties.ts'
import { mobiliansV2Duties } from './mobilians-duties.ts'
import { niceDuties, niceV2Duties } from './nice-duties.ts'
import { smartroV2Duties, welcomeDuties } from './smartro-welcome-duties.ts'
import { walletDuties } from './wallet-duties.ts'

/** What each PG demands of a request for a window, by its code. */
export const dutiesByPg: Readonly<Record<string, readonly Duty[]>> = {
  ...cardPgDuties,
  ...walletDuties,
  ksnet: ksnetDuties,
  mobilians_v2: mobiliansV2Duties,
  nice: niceDuties,
  nice_v2: niceV2Duties,
  smartro_v2: smartroV2Duties,
  welcome: welcomeDuties,
}

/** All duties of a PG: its own first, whose texts name the cause best. */
export function dutiesOf(pgProvider: string): readonly Duty[] {
  return [...(dutiesByPg[pgProvider] ?? []), ...commonDuties]
}

/** The currency of a request that names none. */
export function defaultCurrencyOf(pgProvider: string): string {
  return ['eximbay', 'alipay', 'paypal'].includes(pgProvider) ? 'USD' : 'KRW'
}
