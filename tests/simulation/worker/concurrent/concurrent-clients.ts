import type { Prng } from '../../engine/prng.ts'
import type { WorkerContext } from '../context.ts'
import type { FakeProvider } from '../peers/fake-provider.ts'
import { createMerchantClient, type MerchantClient } from '../peers/merchant-client.ts'
import { createNoticeInbox, type NoticeInbox } from '../peers/notice-inbox.ts'
import type { WorkerWorkload } from '../peers/worker-workload.ts'

/** The clients of one workload. */
export interface WorkloadClient {
  readonly inbox: NoticeInbox
  readonly merchantClient: MerchantClient
  /** The provider with the payments of this workload alone. */
  readonly provider: FakeProvider
}

/** Makes the clients of each workload. */
export function createWorkloadClients(
  workloads: readonly WorkerWorkload[],
  shared: Omit<WorkerContext, 'workload'>,
  logInternalError: (message: string) => void,
): readonly WorkloadClient[] {
  return workloads.map((workload) => {
    const provider = providerOf(shared.provider, workload)
    const context: WorkerContext = { ...shared, workload, provider }
    return {
      inbox: createNoticeInbox(context),
      merchantClient: createMerchantClient(context, logInternalError),
      provider,
    }
  })
}

function providerOf(provider: FakeProvider, { payments }: WorkerWorkload): FakeProvider {
  const own = new Set(payments.map(({ imp_uid }) => imp_uid))
  const ownPayments = provider.payments.filter(({ imp_uid }) => own.has(imp_uid))
  const upcoming = () => provider.upcoming().filter(({ imp_uid }) => own.has(imp_uid))
  return { ...provider, payments: ownPayments, upcoming }
}

const createOrder = ({ merchantClient }: WorkloadClient): void => {
  if (merchantClient.uncreatedOrders > 0) merchantClient.createOrder()
}
const advancePayment = ({ provider, inbox }: WorkloadClient): void => {
  if (provider.upcoming().length > 0) inbox.advancePayment()
}
const deliverNotice = ({ inbox }: WorkloadClient, prng: Prng): void => {
  if (inbox.waiting > 0) inbox.deliver(prng.below(inbox.waiting))
}
const sendRequest = ({ merchantClient }: WorkloadClient, prng: Prng): void => {
  if (prng.below(8) === 7) merchantClient.sendRequest()
}

/** The steps of a workload; one that stands twice is drawn twice as often. Their order is part of a seed. */
const steps = [createOrder, createOrder, advancePayment, deliverNotice, deliverNotice, sendRequest]

/** Takes one step of one workload. */
export function runStep(client: WorkloadClient, prng: Prng): void {
  steps[prng.below(steps.length)]?.(client, prng)
}
