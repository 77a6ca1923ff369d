// Preloaded into a server with `--import`: answers each message over its channel with how long its event loop was held up
// since the last one, at most and for one turn in a hundred, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const histogram = monitorEventLoopDelay({ resolution: 5 })
histogram.enable()
process.on('message', () => {
  process.send?.({ max: histogram.max / 1e6, p99: histogram.percentile(99) / 1e6 })
  histogram.reset()
})
