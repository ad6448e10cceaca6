import { iamport } from './clients/iamport.ts'
import { iamporter } from './clients/iamporter.ts'
import { restClient } from './clients/rest-client.ts'
import type { Stranger } from './scenario.ts'

/** The clients of others, and what they do. */
export const strangers: readonly Stranger[] = [iamport, iamporter, restClient]
