// The smallest program with one call; tools/check/bundle-size.mjs measures its bundle.
import { get } from '../src/endpoints/payments.ts'
import { createClient } from '../src/index.ts'

export const result = createClient({ key: 'K', secret: 'S' }).call(get, { imp_uid: 'imp_1' })
