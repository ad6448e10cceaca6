import { defineEventHandler, toWebRequest } from 'h3'
import { respond } from '../../../../payments.ts'

export default defineEventHandler((event) => respond(toWebRequest(event)))
