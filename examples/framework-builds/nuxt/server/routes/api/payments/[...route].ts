import { defineEventHandler, toWebRequest } from 'h3'
import { createRespond } from '../../../../../payments.ts'

const respond = createRespond('/api/payments')

export default defineEventHandler((event) => respond(toWebRequest(event)))
