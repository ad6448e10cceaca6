import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'

/** The sampler that `OTEL_TRACES_SAMPLER` and `OTEL_TRACES_SAMPLER_ARG` name; the standard's default for any other name. */
export function toSampler(env: Readonly<Record<string, string | undefined>>): Sampler {
  const name = env['OTEL_TRACES_SAMPLER']?.trim() || 'parentbased_always_on'
  const ratio = Number(env['OTEL_TRACES_SAMPLER_ARG']?.trim() || '1')
  const isRatio = ratio >= 0 && ratio <= 1
  const roots: Readonly<Record<string, Sampler>> = {
    always_on: new AlwaysOnSampler(),
    always_off: new AlwaysOffSampler(),
    traceidratio: new TraceIdRatioBasedSampler(isRatio ? ratio : 1),
  }
  const root = roots[name.replace(/^parentbased_/, '')] ?? new AlwaysOnSampler()
  const isAlone = Object.hasOwn(roots, name)
  return isAlone ? root : new ParentBasedSampler({ root })
}
