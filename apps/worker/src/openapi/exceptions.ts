import * as z from 'zod/mini'
import { exceptionAnswer, exceptionList } from '../answers.ts'
import { exceptionId, exceptionQuery } from '../requests.ts'
import { json, type Paths, problems } from './parts.ts'

export const exceptionPaths: Paths = {
  '/exceptions': {
    get: {
      operationId: 'listExceptions',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'List money that no order explains, and payments that are not there',
      description: 'The hundred newest; `state=all` shows closed ones, too.',
      requestParams: { query: exceptionQuery },
      responses: {
        '200': json('Newest first', exceptionList),
        ...problems({
          '400': 'request_invalid',
          '401': 'unauthorized',
          '503': 'store_unavailable',
        }),
      },
    },
  },
  '/exceptions/{id}/close': {
    post: {
      operationId: 'closeException',
      tags: ['exceptions'],
      security: [{ merchantKey: [] }],
      summary: 'Say that an exception was seen to',
      description: 'No money moves. Safe to repeat.',
      requestParams: { path: z.object({ id: exceptionId }) },
      responses: {
        '200': json('Closed, now or before', exceptionAnswer),
        ...problems({
          '401': 'unauthorized',
          '404': 'exception_unknown',
          '503': 'store_unavailable',
        }),
      },
    },
  },
}
