import { iamport } from './clients/iamport.ts'
import { iamporter } from './clients/iamporter.ts'
import { restClient } from './clients/rest-client.ts'
import type { ThirdPartyClient } from './scenario.ts'

/** The third-party clients with their scenarios. */
export const thirdPartyClients: readonly ThirdPartyClient[] = [iamport, iamporter, restClient]
