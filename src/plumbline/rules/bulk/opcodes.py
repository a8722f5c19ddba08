"""The instructions of the flat program. An instruction is five integers: its code and up to four operands.

Numbers are given by position and live no longer than one process: a program is compiled where it is used.
"""

from __future__ import annotations

from typing import Final

#: Integers of one instruction.
WIDTH: Final = 5

#: A value that is not stated, and one that is known not to exist. No date, amount or code comes near them.
UNKNOWN: Final = -(1 << 62)
NULL: Final = -(1 << 62) + 1

#: A moment is ``day << 41`` for a date; an instant adds one, sixteen times the microsecond of its day, and how it is written,
#: so that moments compare as their texts do (see ``encoding``).
DAY_SHIFT: Final = 41

#: A list is ``address << 20 | length``. Addresses of the program (registers, constants) carry a bit of their own.
LIST_SHIFT: Final = 20
IN_PROGRAM: Final = 1 << 40

#: Words of an event record: activity, moment, day recorded, agency, id, actors, first value, matter.
EVENT_WORDS: Final = 8
E_ACTIVITY, E_MOMENT, E_RECORDED, E_AGENCY, E_ID, E_ACTORS, E_VALUES, E_MATTER = range(EVENT_WORDS)

#: What stands where in the header of a chunk of events.
(
    M_MATTERS,
    M_EVENTS,
    M_MATTER_START,
    M_MATTER_KIND,
    M_EVENT,
    M_ORDER,
    M_ORDER_ACTIVITY,
    M_SUBJECT_START,
    M_SUBJECT,
    M_ATTRIBUTE,
    M_JOINED,
    M_PREPARED,
    M_BEFORE,
    M_AFTER,
    M_ONE_KIND,
    M_HEADER,
) = range(16)

#: What stands where in the header of the program.
(
    P_RULES,
    P_RULE,
    P_CODE,
    P_ACTIVITIES,
    P_SLOT,
    P_ACTIVITY_CODE,
    P_KIND_CODE,
    P_CALENDAR,
    P_DOMAIN,
    P_VERDICT_CODE,
    P_DAY_KIND,
    P_BIT,
    P_HEADER,
) = range(13)

#: Words of a rule: entry, subjects (address, number), kinds (address, number; none: all), 1 if it gathers intervals, 1 if it
#: has a clock or another form that keeps notes.
RULE_WORDS: Final = 7
R_ENTRY, R_SUBJECTS, R_SUBJECT_COUNT, R_KINDS, R_KIND_COUNT, R_INTERVALS, R_NOTES = range(RULE_WORDS)

#: Words of a selection: the activity if it is one, else -1; a flag for each activity; the place; the bits of the activities, 0
#: if one of them has none; the number of joined fields; then the paths of each, there and here.
SELECTION_WORDS: Final = 5
L_ACTIVITY, L_FLAGS, L_PLACE, L_BITS, L_JOINS = range(SELECTION_WORDS)

#: So many activities that are searched for have a bit each. What lies before and after an event is then told by one word.
BITS: Final = 62

#: Words of the calendar: stated, first day, last day, number of working days; then both tables.
C_STATED, C_FROM, C_TO, C_WORKING, C_TABLES = range(5)

(MET, BREACHED, PENDING, UNKNOWN_VERDICT, NOT_APPLICABLE, ERROR) = range(6)
VERDICTS: Final = ("met", "breached", "pending", "unknown", "not_applicable", "error")

#: Verdicts that are counted apart.
COUNTED: Final = len(VERDICTS)

(WD, CD, H, MONTH, YEAR) = range(5)
UNITS: Final = ("wd", "cd", "h", "m", "y")

FLAGS: Final = (
    "rolled_forward",
    "extension_ignored",
    "suspension_ignored",
    "recorded_after_due",
    "in_transit_excluded",
    "counting_rule_by_default",
    "unit_not_defined_by_law",
)
(
    ROLLED,
    EXTENSION_IGNORED,
    SUSPENSION_IGNORED,
    RECORDED_AFTER,
    IN_TRANSIT,
    BY_DEFAULT,
    UNIT_OPEN,
) = (1 << bit for bit in range(7))

(ANYWHERE, BEFORE, AFTER, NOT_AFTER, SAME_DAY) = range(5)
PLACES: Final = ("anywhere", "before", "after", "not_after", "same_day")

(EQ, NE, LT, LE, GT, GE) = range(6)
COMPARISONS: Final = ("eq", "ne", "lt", "le", "gt", "ge")

(HOLDS_ANY, HOLDS_ALL, HOLDS_ONLY) = range(3)
HOLDING: Final = ("any", "all", "only")

#: What a period whose first day is not known, or does not exist, gives.
(START_OF_DUTY, START_OF_WAIT, START_OF_STAGE) = range(3)

#: What a loop goes over.
(OVER_EVENTS, OVER_ROWS, OVER_ACTORS, OVER_ITEMS) = range(4)

# Instructions: operands in order; "pops" and "pushes" speak of the stack of values. They stand in groups; which group an
# instruction belongs to is told by its number.
(
    # done for all lanes at once, and none of them leaves
    CONST,  # value; pushes it
    FIELD,  # path; pushes the subject's
    IT_FIELD,  # path; pushes the candidate event's
    COMPARE_CONST,  # how, value; pops one
    COMPARE,  # how; pops two
    NOT,
    EXISTS_PLAIN,  # selection without a condition; pushes whether there is one
    SAME,  # pops two; pushes their value where both agree
    DAY,  # 1 for the candidate; pushes the event's date
    ORDER,  # pushes the candidate's place in the matter
    ATTRIBUTE,  # attribute, path; pushes the case attribute's at the subject
    STATED,  # pops a value, pushes whether it is known
    ENVELOPE,  # word of the event record, 1 for the candidate; pushes it
    AS_OF,  # pushes the date asked about
    PLUS,
    DAYS_BETWEEN,
    ONE_OF,  # address and number of the options; pops one
    RECKON,  # n, unit, roll
    STOP_PLAIN,  # selection without a condition or a join, flag
    AGAINST,  # 1 if the flags of the count are told; compares with what happened or the present
    CHECKED,  # pops the condition
    DECIDE_BEGIN,
    # done for all lanes at once; some may go on elsewhere
    PICKED_VALUE,  # selection, 1 for the last, path (or -1: its date), target; a whole pick whose default stands before the target
    COUNT_PLAIN,  # n, selection, flag, 1 if the flags are told; a whole count in natural days that one search stops
    AND_STEP,  # end; pops a part onto the conjunction below it
    OR_STEP,  # end; pops a part onto the disjunction below it
    FIND,  # selection; makes a frame of a search without a condition
    LOOP,  # selection, target when there is nothing; opens a frame
    MATCH,  # target when it is no match, 1 if one match is enough; pops the answer
    NEXT,  # target of the body
    END_EXISTS,  # closes the frame, pushes
    END_COUNT,
    END_PICK,  # 1 for the last, target when unknown, target when none; binds the candidate
    END_PICKED,  # closes the frame of a pick
    CLOSE,  # closes a frame
    JUMP,  # target
    JUMP_IF_KNOWN,  # target; an unknown is popped
    CHOOSE,  # target if false, target if unknown; pops the condition
    COUNTS,  # pops whether the event is a subject at all
    IN_FORCE,  # first day, last day
    WHEN,  # pops the condition of the rule
    OPEN_POINTS,  # flag for rolling, flag for the unit; ends the evaluation
    DECIDE_CASE,  # verdict, target when it holds; pops the condition
    STOP_FIRST,  # flag; takes the frame's first match
    # done lane by lane: values that are asked for less often
    ACTIVITY,  # 1 for the candidate; pushes the activity's code
    MATTER_KIND,  # pushes the matter's kind
    JOINED,  # column; pushes the fact joined to the subject beforehand
    ROW_FIELD,  # slot; pushes the candidate row's
    ACTOR_FIELD,  # 0 id, 1 role; pushes the candidate actor's
    ITEM,  # slot; pushes the list element's
    HOLDS,  # how, 1 if the wanted is one value; pops wanted and held
    SIZE,  # pops a list
    OR_UNKNOWN,  # pops a condition; false becomes unknown
    TIMES,
    DATE_AFTER,  # n, unit, roll
    DAYS_OUTSIDE,  # begun, ended, path of the key in each; pops end and start
    PERSON,  # role; pushes the number of the first
    COUNT_PEOPLE,  # role, 1 for the candidate; pushes how many different ones
    LOOP_ACTORS,  # role, 1 for the candidate, target
    END_PEOPLE,
    SEPARATE_BEGIN,  # role, target when nobody is named
    SEPARATE_STEP,  # role here, role there
    END_SEPARATE,
    LOOP_ITEMS,  # words of an element, target; pops a list
    EACH_STEP,  # what decides, target of the body; pops the answer
    END_EACH,  # what decides
    COLUMN_OF,  # slot; pops a row or an element
    ELEMENT_WHERE,  # words of an element, slot of the key; pops the value and the list
    KEY_EXISTS,  # index of a register, dated, 1 if complete; pops the key
    ROW_BY_KEY,  # index of a register, slot; pops the key, pushes the column of the last row
    LOOP_ROWS,  # index of a register, dated, target; pops the key; opens a frame
    END_ROW_EXISTS,  # 1 if the register is complete
    END_ROW_VALUE,  # slot
    REQUIRED_VERSION,  # address of the description
    VERSION_CHANGED,  # the same
    RANGE_BOUND,  # the same, 1 for the maximum; pops base and version
    TOTAL_STEP,  # pops the candidate's amount
    END_TOTAL,
    END_BY_THEN,
    CALENDAR_DAY,  # years later, month, day; pops a year
    KIND_OF_DAY,  # pushes what the subject's day is
    AT_NIGHT,  # begins, ends (microseconds of the day)
    # the whole rule
    OVERLAY,  # first day, last day, domain, target when it does not apply
    APPLIES,  # target when the condition popped is not true
    TAKE,  # overlay, domain, entry of its text
    TEXT,  # goes to the text chosen, if any
    # counts
    BEGIN_ON,  # target when there is nothing to count, n, unit, what an unknown and a null mean; pops the date
    EXCLUDE_BETWEEN,  # address of the description
    EXCLUDE_HEARING,  # address of the description
    EXCLUDE_DAYS,  # begun, days
    TEST_COUNTS,  # ended, path of the test in the start and in the end; pops whether the candidate counts
    SUSPENSIONS_LEFT,  # addresses and number of the activities that suspend
    EXTENSIONS,  # address of the description
    GRANT_BEGIN,
    GRANT_CHECK,  # address of the description, target of the next grant
    STEP_IS,  # step, target when another one waits
    GRANT_TAKE,  # address of the description; pops whether it counts
    GRANTS_IGNORED,  # activity, path of the clock, clock
    SAME_DAY_DUE,  # pops a condition
    REPLACE,  # path of the new date
    OVER,  # target; ends the duty if the candidate came in time
    STOP_BEGIN,  # pops the amount to be reached
    STOP_SUM,  # path of the amount
    STOP_SUM_END,  # flag
    STOP_ON_END,  # flag
    STOP_ON,  # pops the date of the candidate
    FIXED_DUE,  # target; pops the date
    ALSO,  # pops a condition that has to hold too
    RIGHT,
    SECOND_STAGE,  # target when the first one is not met
    DOUBT_AGAIN,  # target when nothing is doubtful
    DOUBT_END,  # n, unit
    # other forms
    CHECK_DUE,  # pops a date that is shown
    DECIDE_END,  # verdict otherwise
    BY_CASE,  # target if false, target if unknown; pops the condition
    SAVE_OUTCOME,
    MERGE_OUTCOME,
    RESET,  # forgets the outcome so far
    WAIT_ACT,  # 1 if the subject itself is the act, target when it cannot be told, target when nothing happened
    WAIT_ACT_ON,  # pops the date of the act
    WAIT_COMPARE,  # 1 if the last day is free, target when there is no excuse to ask
    EXCUSED,  # pops whether it is
    AHEAD_DUE,  # n, unit, 1 if the date was pushed, target
    AHEAD_COMPARE,  # target when there is no excuse to ask
    PROMPT_FAILS,  # target when it fails; pops
    PROMPT,  # address and number of the activities that close; takes the frame
    VERDICT,  # a verdict that is certain
    ENTER_FORM,  # puts the outcome so far aside
    LEAVE_FORM,  # pushes the verdict found and takes the outcome back
) = range(129)

#: The first instruction of each group.
FIRST_THAT_BRANCHES: Final = PICKED_VALUE
FIRST_RARE: Final = ACTIVITY
FIRST_OF_RULE: Final = OVERLAY
FIRST_OF_CLOCK: Final = BEGIN_ON
FIRST_OF_FORM: Final = CHECK_DUE

#: Instructions before the first of a clock that read or write the notes of a count.
WITH_NOTES: Final = frozenset({RECKON, STOP_PLAIN, STOP_FIRST, AGAINST, COUNT_PLAIN})

#: Instructions that write down intervals or extensions, for which a pad has a part of its own.
WITH_INTERVALS: Final = frozenset(
    {EXCLUDE_BETWEEN, EXCLUDE_HEARING, EXCLUDE_DAYS, TEST_COUNTS, EXTENSIONS, GRANT_TAKE, DAYS_OUTSIDE}
)
