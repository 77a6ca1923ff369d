'use client'

import { Search, SlidersHorizontal } from 'lucide-react'
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
}

/** The head of a view: its name, and below it the search and the filters where they are wanted. */
export function ViewHead({ view, isSearching, searchRef, onSearch, onSearchEnd }: ViewHeadProps) {
  const [wantsFilters, setWantsFilters] = useState(false)
  const hasFilters = view.status !== null || view.sort !== null
  const showsFilters = canFilter(view) && (wantsFilters || hasFilters)
  return (
    <>
      <ViewHeading view={view}>
        <IconButton icon={Search} label="Search" onClick={onSearch} />
        {canFilter(view) && (
          <IconButton
            icon={SlidersHorizontal}
            label="Filter and order"
            aria-expanded={showsFilters}
            onClick={() => setWantsFilters(!wantsFilters)}
          />
        )}
      </ViewHeading>
      {isSearching && <SearchField inputRef={searchRef} onClose={onSearchEnd} />}
      {showsFilters && <ViewFilters />}
    </>
  )
}
