/** Who may begin, and who is told to come back. */
export type Admission = {
  /** True for who may begin, false for who is refused; a promise of it for who has to wait for one of the next turns of the event loop. */
  enter(): boolean | Promise<boolean>
  /** Gives the place of somebody who has begun back. */
  leave(): void
  /** Has to be told of each new connection. */
  onConnection(): void
}

/** Limits on requests in one process. */
type AdmissionLimits = {
  /** Under way at a time, those who wait for their turn among them; more are refused. */
  atOnce: number
  /** Begun in one turn of the event loop: some milliseconds of work. */
  begunInTurn: number
  /** Refused in one turn, at a fraction of the work. */
  refusedInTurn: number
}

/** More at once than the connections of a busy proxy, and few enough to be answered while their clients still wait. */
const defaultLimits: AdmissionLimits = { atOnce: 1_500, begunInTurn: 16, refusedInTurn: 32 }

/**
 * Keeps the turns of the event loop short however many requests arrive together: answers of the database, timers, health checks and new
 * connections come in between. Without that, a thousand requests at once hold up everything else until the last of them has begun.
 */
export function createAdmission(limits: Partial<AdmissionLimits> = {}): Admission {
  const { atOnce, begunInTurn, refusedInTurn } = { ...defaultLimits, ...limits }
  const starts = createLane(begunInTurn)
  const refusals = createLane(refusedInTurn)
  let underWay = 0
  return {
    enter() {
      const isRefused = underWay >= atOnce
      if (!isRefused) underWay += 1
      const turn = (isRefused ? refusals : starts).take()
      return turn === undefined ? !isRefused : turn.then(() => !isRefused)
    },
    leave() {
      underWay -= 1
    },
    onConnection() {
      starts.shorten()
      refusals.shorten()
    },
  }
}

/**
 * Node.js takes one new connection in a turn. Nobody passes in so many such turns on end: whoever connects would wait for the longest of all,
 * behind the requests of those who did so before. Then one passes, so that a flood of connections does not stop everything.
 */
const mostTurnsHeld = 3

/** Lets so many pass in each turn, first come, first served. */
function createLane(mostInTurn: number) {
  const waiting: (() => void)[] = []
  let passed = 0
  let isCounting = false
  let hasConnected = false
  let turnsHeld = 0

  const beginTurn = () => {
    const isHeld = hasConnected && turnsHeld < mostTurnsHeld
    const next = isHeld ? [] : waiting.splice(0, hasConnected ? 1 : mostInTurn)
    turnsHeld = isHeld ? turnsHeld + 1 : 0
    hasConnected = false
    isCounting = false
    passed = next.length
    if (passed + waiting.length > 0) countUntilNextTurn()
    for (const start of next) start()
  }
  const countUntilNextTurn = () => {
    isCounting = true
    setImmediate(beginTurn)
  }

  return {
    take(): Promise<void> | undefined {
      if (!isCounting) countUntilNextTurn()
      if (waiting.length > 0 || passed >= mostInTurn) {
        return new Promise((resolve) => {
          waiting.push(resolve)
        })
      }
      passed += 1
      return undefined
    },
    shorten() {
      hasConnected = true
    },
  }
}
