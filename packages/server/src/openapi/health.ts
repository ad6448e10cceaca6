import { healthResponse, readinessResponse } from '../http/schemas/responses/health.ts'
import { json, type Paths } from './parts.ts'

export const healthPaths: Paths = {
  '/healthz': {
    get: {
      operationId: 'readHealth',
      tags: ['health'],
      summary: 'Whether the process runs',
      responses: { '200': json('It runs; nothing else is claimed', healthResponse) },
    },
  },
  '/readyz': {
    get: {
      operationId: 'readReadiness',
      tags: ['health'],
      summary: 'Whether requests can be served',
      description:
        'Checks the settings, the database with its migrations (at most once per 5 s), and that the provider accepts the API keys (at most once a minute). With several accounts, the keys of all further ones are one check `accounts`, whose failure leaves the server ready: it says how many failed, and the log names them. While the process stops, the check `process` fails. The cause of a failure is in the log.',
      responses: {
        '200': json('Every check passed, apart from `accounts`', readinessResponse),
        '503': json(
          'A check failed: its `reason` is listed in docs/failures.md',
          readinessResponse,
        ),
      },
    },
  },
}
