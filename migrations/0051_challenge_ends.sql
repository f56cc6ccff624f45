-- Why a challenge ended without a verdict: the clock's or the firm's reason.
alter table challenges add column end_reason text;
