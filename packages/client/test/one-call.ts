// The smallest program there is; tools/check/bundle-size.mjs weighs it.
import { get } from '../src/endpoints/payments.ts'
import { createClient } from '../src/index.ts'

export const result = createClient({ key: 'K', secret: 'S' }).call(get, { imp_uid: 'imp_1' })
