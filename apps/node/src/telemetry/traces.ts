import {
  type Attributes,
  type Context,
  DiagLogLevel,
  defaultTextMapGetter,
  defaultTextMapSetter,
  diag,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import {
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
  ATTR_ERROR_TYPE,
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVICE_NAME,
} from '@opentelemetry/semantic-conventions'
import type { Fetch } from '@quayside/client'
import {
  describeCause,
  type Log,
  type LogFields,
  type Observe,
  type Operation,
} from '@quayside/server'
import { toSampler } from './sampler.ts'

/** What the traces need to know. */
export interface TracesOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `db.system.name` of the database: `postgresql`, `mysql`, `sqlite`. */
  readonly databaseSystem: string
  readonly providerUrl: string
  readonly eventUrl: string
  /** Whether a request is the merchant's own: only then its trace is continued. */
  readonly isMerchant: (request: Request) => boolean
  /** Receives `traces_failed` with the cause when spans cannot be exported. */
  readonly log: Log
}

/** The traces of one process. */
export interface Traces {
  readonly observe: Observe
  /** Returns a `fetch` that tells the event receiver, and nobody else, which trace a request belongs to. */
  readonly passOn: (fetch: Fetch) => Fetch
  /** The id of the trace in which it is called; nothing outside of traces. */
  readonly fields: () => LogFields
  /** Exports what is left. Never rejects. */
  readonly stop: () => Promise<void>
}

interface Description {
  readonly name: string
  readonly kind: SpanKind
  readonly attributes: Attributes
  readonly parent: Context
}

/**
 * Starts OpenTelemetry with an OTLP/HTTP exporter, by the standard `OTEL_…` variables. Attributes are names, codes and ids
 * of events: no address with a query, no body, no header.
 */
export function startTraces(options: TracesOptions): Traces {
  const { env, databaseSystem, isMerchant, log } = options
  diag.setLogger(createDiagnostics(log), DiagLogLevel.WARN)
  const manager = new AsyncLocalStorageContextManager().enable()
  const propagator = new W3CTraceContextPropagator()
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ [ATTR_SERVICE_NAME]: 'quayside' }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: toSampler(env),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
  })
  const tracer = provider.getTracer('quayside')
  const providerHost = new URL(options.providerUrl).hostname
  const receiver = new URL(options.eventUrl)

  const describe = (operation: Operation): Description => {
    switch (operation.kind) {
      case 'request': {
        const { method, headers } = operation.request
        const carrier = Object.fromEntries(headers)
        const parent = isMerchant(operation.request)
          ? propagator.extract(ROOT_CONTEXT, carrier, defaultTextMapGetter)
          : ROOT_CONTEXT
        const attributes = { [ATTR_HTTP_REQUEST_METHOD]: method }
        return { name: method, kind: SpanKind.SERVER, attributes, parent }
      }
      case 'job':
        return {
          name: `job ${operation.name}`,
          kind: SpanKind.INTERNAL,
          attributes: { 'quayside.job': operation.name },
          parent: ROOT_CONTEXT,
        }
      case 'delivery':
        return {
          name: 'send event',
          kind: SpanKind.CLIENT,
          attributes: {
            [ATTR_HTTP_REQUEST_METHOD]: 'POST',
            [ATTR_SERVER_ADDRESS]: receiver.hostname,
            'quayside.event.id': operation.eventId,
            'quayside.event.tries': operation.tries,
          },
          parent: manager.active(),
        }
      case 'provider_call':
        return {
          name: `${operation.method} ${operation.path}`,
          kind: SpanKind.CLIENT,
          attributes: {
            [ATTR_HTTP_REQUEST_METHOD]: operation.method,
            'url.template': operation.path,
            [ATTR_SERVER_ADDRESS]: providerHost,
          },
          parent: manager.active(),
        }
      case 'store_call':
        return {
          name: operation.name,
          kind: SpanKind.CLIENT,
          attributes: {
            [ATTR_DB_SYSTEM_NAME]: databaseSystem,
            [ATTR_DB_OPERATION_NAME]: operation.name,
          },
          parent: manager.active(),
        }
    }
  }

  const observe: Observe = async (operation, run, outcomeOf) => {
    const { name, kind, attributes, parent } = describe(operation)
    const span = tracer.startSpan(name, { kind, attributes }, parent)
    const failWith = (type: string) =>
      span.setAttribute(ATTR_ERROR_TYPE, type).setStatus({ code: SpanStatusCode.ERROR })
    try {
      const value = await manager.with(trace.setSpan(parent, span), run)
      const outcome = outcomeOf(value)
      if (operation.kind === 'request') {
        const route = operation.route()
        span.setAttribute(ATTR_HTTP_RESPONSE_STATUS_CODE, Number(outcome))
        if (route !== null) span.setAttribute(ATTR_HTTP_ROUTE, route).updateName(`${name} ${route}`)
        if (Number(outcome) >= 500) failWith(outcome)
      } else if (outcome !== 'ok') failWith(outcome)
      return value
    } catch (error) {
      failWith(error instanceof Error ? error.name : 'thrown')
      throw error
    } finally {
      span.end()
    }
  }

  return {
    observe,
    passOn: (fetch) => (request) => {
      if (request.url === receiver.href) {
        const carrier: Record<string, string> = {}
        propagator.inject(manager.active(), carrier, defaultTextMapSetter)
        for (const [name, value] of Object.entries(carrier)) request.headers.set(name, value)
      }
      return fetch(request)
    },
    fields() {
      const span = trace.getSpanContext(manager.active())
      return span === undefined ? {} : { traceId: span.traceId }
    },
    async stop() {
      try {
        await provider.shutdown()
      } catch (error) {
        log('traces_failed', { cause: describeCause(error) })
      }
    },
  }
}

/** What OpenTelemetry reports of itself, such as an export that failed. */
function createDiagnostics(log: Log) {
  const report = (message: string) => log('traces_failed', { cause: describeCause(message) })
  const nothing = () => undefined
  return { error: report, warn: report, info: nothing, debug: nothing, verbose: nothing }
}
