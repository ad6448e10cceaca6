import { type ControlOperation, none } from './control-operation.ts'

/** The simulator as a whole: its index, its records and its request log. */
export const ofSimulator: readonly ControlOperation[] = [
  { method: 'get', path: '/', tag: 'simulator', summary: 'Lists what there is', refusals: none },
  {
    method: 'get',
    path: '/openapi.json',
    tag: 'simulator',
    summary: 'Describes the control API',
    refusals: none,
  },
  {
    method: 'get',
    path: '/state',
    tag: 'simulator',
    summary: 'Reads every record, delivery, fault and setting',
    refusals: none,
  },
  {
    method: 'get',
    path: '/request-log',
    tag: 'simulator',
    summary: 'Counts REST calls by documented path',
    refusals: none,
  },
  {
    method: 'post',
    path: '/request-log/reset',
    tag: 'simulator',
    summary: 'Counts REST calls from 0 again',
    refusals: none,
  },
  {
    method: 'post',
    path: '/wait-for-idle',
    tag: 'simulator',
    summary: 'Responds when no delivery is running',
    refusals: none,
  },
  {
    method: 'post',
    path: '/reset',
    tag: 'simulator',
    summary: 'Removes payments, tokens, deliveries, the request log and faults',
    refusals: none,
  },
]

/** The simulated time. */
export const ofClock: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/clock',
    tag: 'clock',
    summary: 'Reads the simulated time and the next due date',
    refusals: none,
  },
  {
    method: 'post',
    path: '/clock',
    tag: 'clock',
    summary: 'Moves the time, and runs what falls due',
    body: { advance_ms: 'integer', set: 'text', advance_to: 'text' },
    refusals: [400, 409],
  },
]

/** Faults of REST calls. */
export const ofFaults: readonly ControlOperation[] = [
  {
    method: 'get',
    path: '/faults',
    tag: 'faults',
    summary: 'Lists the faults there are and those that are set',
    refusals: none,
  },
  {
    method: 'post',
    path: '/faults',
    tag: 'faults',
    summary: 'Sets a fault for later REST calls, or a delay of every call',
    body: {
      fault: 'text',
      path: 'text',
      method: 'text',
      times: 'text',
      delay_ms: 'integer',
      field: 'text',
      latency_ms: 'integer',
    },
    refusals: [400],
  },
  {
    method: 'delete',
    path: '/faults',
    tag: 'faults',
    summary: 'Ends every fault and the delay',
    refusals: none,
  },
]
