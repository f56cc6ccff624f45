-- A head names the one before by the hash of its whole text. Its root alone, as it was first, left that head's own day and predecessor open:
-- an old day could be signed anew without the days after it showing that.
comment on column journal_heads.previous is 'SHA-256 of the whole text of the head before; of nothing for a brand''s first';
