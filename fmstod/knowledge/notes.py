"""What an entry or a recommendation says beside its kind, time and extent, and what is odd about its source."""

from enum import StrEnum


class Note(StrEnum):
    """What is odd about a source record, or what it says beside kind, time and extent."""

    MAX_IS_MINIMUM = "max_is_minimum"
    MAX_IS_ADDITION = "max_is_addition"
    NUMBER_CONTRADICTS_TEXT = "number_contradicts_text"
    EXTENT_CODE_CONTRADICTS_TEXT = "extent_code_contradicts_text"
    SEVERITY_HOLDS_WORKLOAD = "severity_holds_workload"
    SEVERITY_NOT_IN_TEXT = "severity_not_in_text"
    SEVERITY_CODE_DIFFERS = "severity_code_differs"
    ALL_OR_ANY_BY_REVIEWER = "all_or_any_by_reviewer"
    COMORBIDITY_NOT_REQUIRED = "comorbidity_not_required"
    DUPLICATE_SENTENCE = "duplicate_sentence"
    DUPLICATE_CONDITIONS = "duplicate_conditions"
    SOURCE_TERM_WRONG = "source_term_wrong"
    SENTENCE_OMITS_TREATMENT = "sentence_omits_treatment"
    OWN_REPORT_WEEK = "own_report_week"
    CHANGED_AT_SOURCE = "changed_at_source"
    ICF_OF_REPLACED = "icf_of_replaced"  # the categories are those of the entry that this one replaces
    TO_BE_AVOIDED = "to_be_avoided"  # none: sick leave is to be avoided
    AS_A_RULE = "as_a_rule"  # permanent, as a rule
    NOT_REDUCED = "not_reduced"  # unspecified, as those below: as a rule the capacity for work isn't reduced
    SINGLE_DAYS = "single_days"
    DAYS_TO_WEEKS = "days_to_weeks"
    SOME_WEEKS = "some_weeks"
    WEEKS_TO_MONTHS = "weeks_to_months"
    SOME_MONTHS = "some_months"
    MONTHS_TO_YEARS = "months_to_years"
    LONG_TIME = "long_time"
    SELDOM_LONG = "seldom_long"  # a long time in exceptional cases only
    SELDOM_ABLE = "seldom_able"  # seldom any capacity for work
    WORK_DECIDES = "work_decides"  # the demands of the work decide
    AFTER_DISCHARGE = "after_discharge"  # the time counts from the discharge from hospital
    AFTER_TREATMENT = "after_treatment"  # it counts from the end of the treatment
    FROM_FIRST_DAY = "from_first_day"  # the treatment is done when the case begins: it counts from the first day
    STEPWISE_RETURN = "stepwise_return"
    FULL_THEN_PART = "full_then_part"
    PART_MAY_LAST_LONGER = "part_may_last_longer"  # full, then part, which may go on after the time
    PART_ALWAYS_CONSIDERED = "part_always_considered"  # full, but part is always to be considered
    OTHER_TASKS_FIRST = "other_tasks_first"  # full; work that needs a driving licence: other tasks first


UNBOUNDED = {Note.PART_MAY_LAST_LONGER, Note.AFTER_DISCHARGE}  # the time is no bound from the first day of the case
# What is told to the physician; the others are about the record.
TOLD = {
    Note.OWN_REPORT_WEEK, Note.TO_BE_AVOIDED, Note.AS_A_RULE, Note.NOT_REDUCED, Note.SINGLE_DAYS, Note.DAYS_TO_WEEKS,
    Note.SOME_WEEKS, Note.WEEKS_TO_MONTHS, Note.SOME_MONTHS, Note.MONTHS_TO_YEARS, Note.LONG_TIME, Note.SELDOM_LONG,
    Note.SELDOM_ABLE, Note.WORK_DECIDES, Note.STEPWISE_RETURN, Note.FULL_THEN_PART, Note.PART_MAY_LAST_LONGER,
    Note.PART_ALWAYS_CONSIDERED, Note.OTHER_TASKS_FIRST,
}  # fmt: skip
# Events that a time counts from, by the keys of their words (`fmb.from`).
COUNTED = {Note.AFTER_DISCHARGE: "discharge", Note.AFTER_TREATMENT: "treatment"}
# Treatments, by the keys of the vocabulary, that nobody calls an operation.
NO_OPERATION = frozenset({"external_fixation_removal", "stone_removal", "radiotherapy", "immobilisation"})
