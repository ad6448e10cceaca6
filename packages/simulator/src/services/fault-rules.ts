import type { SimulatorContext } from '../context.ts'
import { type FaultRule, isFaultName } from '../domain/fault.ts'
import { integerOf, type Params, textOf } from '../runtime/params.ts'

/** Sets a fault for later calls, a delay of every call, or both; false, without a change, when neither is named. */
export function addFault(context: SimulatorContext, params: Params): boolean {
  const latencyMs = integerOf(params, 'latency_ms')
  const rule = readRule(params)
  if (latencyMs === null && rule === null) return false
  if (latencyMs !== null) context.latencyMs = Math.max(latencyMs, 0)
  if (rule !== null) context.faults.push(rule)
  return true
}

/** Ends every fault and the delay. */
export function clearFaults(context: SimulatorContext): void {
  context.faults.length = 0
  context.latencyMs = 0
}

/** The set faults and the delay in the control API's JSON. */
export function serializeFaults({ faults, latencyMs }: SimulatorContext) {
  return { active: faults.map(serializeFault), latency_ms: latencyMs }
}

function serializeFault({ delayMs, ...rule }: FaultRule) {
  return { ...rule, delay_ms: delayMs }
}

function readRule(params: Params): FaultRule | null {
  if (!isFaultName(params['fault'])) return null
  return {
    fault: params['fault'],
    path: textOf(params, 'path') ?? '*',
    method: textOf(params, 'method'),
    remaining: params['times'] === 'always' ? null : Math.max(integerOf(params, 'times') ?? 1, 1),
    delayMs: integerOf(params, 'delay_ms') ?? 0,
    field: textOf(params, 'field') ?? 'status',
  }
}
