type Level = 'low' | 'medium' | 'high'

const colours: Record<Level, string> = {
  low: 'text-ink-muted',
  medium: 'text-warn',
  high: 'text-danger',
}

/** The word of each priority. */
export const priorityWords = { none: 'None', low: 'Low', medium: 'Medium', high: 'High' } as const

/** Three bars, of which one, two or all are filled: a priority without its word, told by shape and not by colour alone. */
export function PriorityMark({ level }: { level: Level | 'none' }) {
  const filled = { none: 0, low: 1, medium: 2, high: 3 }[level]
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 14 14"
      className={`size-3.5 shrink-0 ${level === 'none' ? 'text-ink-muted' : colours[level]}`}
    >
      {[0, 1, 2].map((bar) => (
        <rect
          key={bar}
          x={1 + bar * 4.5}
          y={9 - bar * 3.5}
          width="3"
          height={4 + bar * 3.5}
          rx="0.75"
          fill="currentColor"
          opacity={bar < filled ? 1 : 0.3}
        />
      ))}
    </svg>
  )
}
