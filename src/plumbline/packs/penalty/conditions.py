"""Conditions that several penalty rules share."""

from plumbline.rules.language import (
    agency,
    all_of,
    any_of,
    case,
    choose,
    count_items,
    event,
    exists,
    field,
    it,
    last,
    not_,
    row_exists,
)

PENALISED = field("outcome").eq("penalty")
ORDINARY_PENALTY = all_of(PENALISED, field("procedure").eq("ordinary"))
SUMMARY_PENALTY = all_of(PENALISED, field("procedure").eq("summary"))

#: Penalties for which a hearing has to be offered whatever the amount (行政处罚法第六十三条第一款第三至五项).
HEARING_KINDS = (
    "downgrade_qualification",
    "revoke_license",
    "suspend_business",
    "order_closure",
    "restrict_practice",
)

#: Fine and confiscation together; an amount left out counts as zero once the kinds are stated.
TOTAL_AMOUNT = choose(
    field("penalty.kinds").is_stated(),
    field("penalty.fine").or_if_missing(0).plus(field("penalty.confiscation").or_if_missing(0)),
    field("penalty.fine"),
)

#: The district's catalogue of major decisions names this item, kind or amount (行政处罚法第五十八条). An entry with neither
#: kinds nor amount takes in every penalty on its item.
REVIEW_LISTED = row_exists(
    "legal_review_list",
    "agency",
    agency(),
    where=all_of(
        any_of(
            it("item").eq(None),
            it("item").eq(case("item")),
        ),
        any_of(
            all_of(
                count_items(it("kinds").or_if_missing(())).eq(0),
                it("fine_from").or_if_missing(None).eq(None),
            ),
            all_of(
                it("fine_from").or_if_missing(None).ne(None),
                TOTAL_AMOUNT.ge(it("fine_from").or_if_missing(None)),
            ),
            field("penalty.kinds").holds_any_of(it("kinds").or_if_missing(())),
        ),
    ),
)

#: When a penalty decision by ordinary procedure has to pass legal review first (行政处罚法第五十八条第一款).
LEGAL_REVIEW_DUE = any_of(
    field("major_public_interest").is_true(),
    exists(event("hearing_held", place="before")),
    field("complex").is_true(),
    REVIEW_LISTED,
)

NOT_PUBLIC_SECURITY = not_(case("domain").eq("public_security"))

_DECIDED_BEFORE = event("decision_made", place="before")
_BY_SUMMARY = last(_DECIDED_BEFORE, it("procedure").eq("summary"), False)

#: When an officer may take the fine on the spot (行政处罚法第六十八条、第六十九条).
SPOT_COLLECTION = any_of(
    all_of(
        field("ground").eq("small_fine"),
        _BY_SUMMARY,
        last(_DECIDED_BEFORE, it("penalty.fine"), None).le(10_000),
    ),
    all_of(field("ground").eq("hard_to_execute_later"), _BY_SUMMARY),
    all_of(field("ground").eq("remote_area"), field("party_requested").is_true()),
)
