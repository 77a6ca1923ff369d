const widths = ['w-3/5', 'w-2/5', 'w-1/2', 'w-2/3', 'w-1/3', 'w-1/2']

/** The place of a list that is being loaded: rows of the same height, so nothing moves when it comes. */
export function TaskListSkeleton() {
  return (
    <div>
      <p role="status" className="sr-only">
        Loading your tasks
      </p>
      <ul aria-hidden="true" className="animate-breathe">
        {widths.map((width, index) => (
          <li key={`${index}${width}`} className="flex">
            <span className="grid h-(--row) w-(--margin) place-items-center">
              <span className="size-5 rounded-full border-[1.5px] border-line" />
            </span>
            <span className="flex h-(--row) flex-1 items-center border-line border-b pl-(--text-inset)">
              <span className={`h-3 rounded-full bg-line ${width}`} />
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
