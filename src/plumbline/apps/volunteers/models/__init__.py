"""Society's eyes: volunteer supervisors, what they are invited to and see, leads of the media, ratings of inspections."""

from .activities import Activity, ActivityKind, Invitation, InvitationState, Visit
from .outside import MediaLead
from .people import (
    Application,
    ApplicationState,
    Commendation,
    Recruitment,
    Training,
    TrainingRecord,
    Volunteer,
)
from .ratings import HeldRating, RatingSlip, RatingSum, SpentCode

__all__ = [
    "Activity",
    "ActivityKind",
    "Application",
    "ApplicationState",
    "Commendation",
    "HeldRating",
    "Invitation",
    "InvitationState",
    "MediaLead",
    "RatingSlip",
    "RatingSum",
    "Recruitment",
    "SpentCode",
    "Training",
    "TrainingRecord",
    "Visit",
    "Volunteer",
]
