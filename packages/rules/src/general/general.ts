import type { CheckContext, PaymentParameters } from '../model/context.ts'
import type { Finding } from '../words/sentences.ts'
import { findAddresses } from './addresses.ts'
import { findAmounts } from './amounts.ts'
import { findChannel } from './channel.ts'
import { findIds } from './ids.ts'
import { findKinds } from './kinds.ts'
import { findNames } from './names.ts'
import { findPlaceholders } from './placeholders.ts'
import { findRequired } from './required.ts'

/** What is wrong whatever the PG is. */
export function findGeneral(
  parameters: PaymentParameters,
  context: CheckContext,
): readonly Finding[] {
  return [
    ...findPlaceholders(parameters),
    ...findNames(parameters),
    ...findKinds(parameters),
    ...findChannel(parameters, context),
    ...findIds(parameters),
    ...findAmounts(parameters, context),
    ...findRequired(parameters, context),
    ...findAddresses(parameters, context),
  ]
}
