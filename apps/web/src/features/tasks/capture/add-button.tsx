import { Plus } from 'lucide-react'

/** Leads to the field for a new task on phones, where it is out of the thumb's reach. */
export function AddButton({ onPress }: { onPress: () => void }) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="fixed right-4 bottom-[calc(4.5rem+env(safe-area-inset-bottom))] z-20 grid size-14 place-items-center rounded-full bg-accent text-accent-ink shadow-float md:hidden [:root:has([data-bulk-bar])_&]:hidden"
    >
      <Plus aria-hidden size={26} strokeWidth={1.75} />
      <span className="sr-only">Write a task</span>
    </button>
  )
}
