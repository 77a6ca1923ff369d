'use client'

import { ListChecks, Search, SlidersHorizontal } from 'lucide-react'
import { type RefObject, useState } from 'react'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { SearchField } from './search-field.tsx'
import { ViewFilters } from './view-filters.tsx'
import { ViewHeading } from './view-heading.tsx'
import { canFilter } from './view-lists.ts'
import type { View } from './view-params.ts'

type ViewHeadProps = {
  view: View
  isSearching: boolean
  searchRef: RefObject<HTMLInputElement | null>
  onSearch: () => void
  onSearchEnd: () => void
  onSelect: () => void
}

/** The head of a view: its name, or the search in its place, and the filters where they are wanted. */
export function ViewHead(props: ViewHeadProps) {
  const { view, isSearching, searchRef, onSearch, onSearchEnd, onSelect } = props
  const [wantsFilters, setWantsFilters] = useState(false)
  const hasFilters = view.status !== null || view.sort !== null
  const showsFilters = canFilter(view) && (wantsFilters || hasFilters)
  return (
    <>
      <ViewHeading
        view={view}
        search={isSearching && <SearchField inputRef={searchRef} onClose={onSearchEnd} />}
      >
        {!isSearching && <IconButton icon={Search} label="Search" onClick={onSearch} />}
        {canFilter(view) && (
          <IconButton
            icon={SlidersHorizontal}
            label="Filter and order"
            aria-expanded={showsFilters}
            onClick={() => setWantsFilters(!wantsFilters)}
          />
        )}
        {/* With a keyboard there is x, with a mouse a click with Shift or Ctrl. */}
        <span className="hidden pointer-coarse:contents">
          <IconButton icon={ListChecks} label="Select tasks" onClick={onSelect} />
        </span>
      </ViewHeading>
      {showsFilters && <ViewFilters />}
    </>
  )
}
