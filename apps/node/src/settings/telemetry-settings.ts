import type { LogLevel } from '@quayside/server'

type Values = Readonly<Record<string, string | undefined>>

/** Where the metrics are served. */
export interface MetricsAddress {
  readonly host: string
  readonly port: number
  /** The bearer token that a scrape must have; null for none, on a loopback address only. */
  readonly token: string | null
}

/** What the program tells about itself. */
export interface TelemetrySettings {
  /** Lines of a lower level are left out. */
  readonly logLevel: LogLevel
  /** Null unless a port is set. */
  readonly metrics: MetricsAddress | null
  /** The variables of OpenTelemetry; null unless an exporter is set. */
  readonly traces: Values | null
}

/** Settings, or a line for each problem. */
type Read<Value> =
  | { readonly value: Value; readonly problems: readonly [] }
  | { readonly value: null; readonly problems: readonly string[] }

const levels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error']
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost'])
const minTokenLength = 16

/** Reads what is told about the program, with a line for each problem. */
export function readTelemetrySettings(values: Values): Read<TelemetrySettings> {
  const read = (name: string) => values[name]?.trim() ?? ''
  const level = read('LOG_LEVEL').toLowerCase() || 'info'
  const logLevel = levels.find((each) => each === level)
  const port = Number(/^\d{1,5}$/.test(read('METRICS_PORT')) ? read('METRICS_PORT') : -1)
  const isMetered = read('METRICS_PORT') !== ''
  const host = read('METRICS_HOST') || '127.0.0.1'
  const token = read('METRICS_TOKEN')
  const exporter = read('OTEL_TRACES_EXPORTER')
  const isTraced =
    read('OTEL_SDK_DISABLED') !== 'true' &&
    (exporter === 'otlp' ||
      (exporter === '' &&
        (read('OTEL_EXPORTER_OTLP_ENDPOINT') !== '' ||
          read('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') !== '')))

  const problems = [
    ...(logLevel === undefined ? [`LOG_LEVEL must be one of ${levels.join(', ')}`] : []),
    ...(isMetered && (port < 0 || port > 65_535)
      ? ['METRICS_PORT must be a whole number from 0 to 65535']
      : []),
    ...(token !== '' && (token.length < minTokenLength || /\s/.test(token))
      ? [`METRICS_TOKEN must have ${minTokenLength} characters or more, and no space`]
      : []),
    ...(isMetered && token === '' && !loopback.has(host)
      ? ['METRICS_HOST is not a loopback address: set METRICS_TOKEN, which each scrape must send']
      : []),
    ...(['', 'otlp', 'none'].includes(exporter)
      ? []
      : ['OTEL_TRACES_EXPORTER must be otlp or none']),
  ]
  if (logLevel === undefined || problems.length > 0) return { value: null, problems }
  const otel = Object.entries(values).filter(([name]) => name.startsWith('OTEL_'))
  return {
    value: {
      logLevel,
      metrics: isMetered ? { host, port, token: token === '' ? null : token } : null,
      traces: isTraced ? Object.fromEntries(otel) : null,
    },
    problems: [],
  }
}
