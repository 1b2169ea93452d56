"""The questions to Hardcover. Each has one top-level field, for the plan counts fields, and no deep nesting.

Whoever asks for a book gets its places and its spoken editions with it, so that one question will do. Series and
authors are found by `search`, for filters by likeness (`_ilike` and its kin) are refused.
"""

from __future__ import annotations

_LISTENED = 2
"""The number of the reading format of recordings."""
_BOOK = f"""
    id title subtitle description release_date compilation is_partial_book canonical_id users_count
    audio_seconds default_audio_edition_id alternative_titles cached_image cached_tags cached_contributors
    book_series {{ position details compilation featured series {{ id name canonical_id }} }}
    editions(where: {{reading_format_id: {{_eq: {_LISTENED}}}}}, order_by: [{{users_count: desc}}], limit: 25) {{
      id title asin isbn_13 audio_seconds release_date edition_format edition_information users_count
      language {{ language }} publisher {{ name }} cached_contributors
    }}
"""
_SOUND = 'canonical_id: {_is_null: true}, state: {_in: ["normalized", "normalizing"]}'
"""What is neither merged into another nor thrown away."""
_BY_USE = "order_by: [{users_count: desc}, {id: asc}], limit: $limit, offset: $offset"

SEARCH = """
query Search($query: String!, $type: String!, $count: Int!) {
  search(query: $query, query_type: $type, per_page: $count, page: 1) { results }
}
"""

BOOKS = f"""
query Books($ids: [Int!]!) {{
  books(where: {{id: {{_in: $ids}}}}) {{ {_BOOK} }}
}}
"""

BOOKS_OF_EDITIONS = f"""
query BooksOfEditions($asins: [String!]!, $isbns: [String!]!) {{
  books(
    where: {{editions: {{_or: [{{asin: {{_in: $asins}}}}, {{isbn_13: {{_in: $isbns}}}}]}}}}
    order_by: [{{users_count: desc}}], limit: 25
  ) {{ {_BOOK} }}
}}
"""

SERIES = """
query Series($ids: [Int!]!) {
  series(where: {id: {_in: $ids}}) {
    id name canonical_id books_count primary_books_count is_completed author { name }
  }
}
"""

SERIES_BOOKS = f"""
query SeriesBooks($series: Int!, $limit: Int!, $offset: Int!) {{
  books(
    where: {{book_series: {{series_id: {{_eq: $series}}}}, {_SOUND}}}
    {_BY_USE}
  ) {{ {_BOOK} }}
}}
"""

AUTHOR_BOOKS = f"""
query AuthorBooks($author: Int!, $limit: Int!, $offset: Int!) {{
  books(
    where: {{contributions: {{author_id: {{_eq: $author}}}}, {_SOUND}}}
    {_BY_USE}
  ) {{ {_BOOK} }}
}}
"""

ME = "query Me { me { id username } }"

WANTED = """
query Wanted($limit: Int!, $offset: Int!, $order: order_by!) {
  me {
    user_books(where: {status_id: {_eq: 1}}, order_by: [{date_added: $order}], limit: $limit, offset: $offset) {
      book_id date_added
    }
  }
}
"""

LISTED = """
query Listed($user: Int!, $slug: String!, $limit: Int!, $offset: Int!, $order: order_by!) {
  list_books(
    where: {list: {slug: {_eq: $slug}, user_id: {_eq: $user}}}
    order_by: [{date_added: $order}], limit: $limit, offset: $offset
  ) { book_id date_added }
}
"""
