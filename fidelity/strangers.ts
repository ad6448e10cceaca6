import type { Stranger } from './deed.ts'
import { iamport } from './iamport.ts'
import { iamporter } from './iamporter.ts'
import { restClient } from './rest-client.ts'

/** The clients of others, and what they do. */
export const strangers: readonly Stranger[] = [iamport, iamporter, restClient]
