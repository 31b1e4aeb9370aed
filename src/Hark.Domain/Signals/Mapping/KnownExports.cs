namespace Hark.Domain.Signals.Mapping;

/// <summary>An export of a known product.</summary>
/// <param name="Signature">Columns, folded, that together occur in no other export.</param>
/// <param name="Mapping">The part of the mapping that is always the same; columns it names may be missing in some versions.</param>
/// <param name="HasQuestions">True: the other columns are questions, to be guessed by name and content.</param>
internal sealed record KnownExport(string[] Signature, string Mapping, bool HasQuestions);

internal static class KnownExports
{
    public static IReadOnlyList<KnownExport> All { get; } =
    [
        new(["startdate", "recordeddate", "responseid"], """
            { "name": "Qualtrics", "format": "csv", "header": { "row": 1, "skip": 2 },
              "skip_when": [ { "column": "Status", "is": ["Survey Preview", "Survey Test", "1", "2"] } ],
              "fields": { "id": "ResponseId", "occurred_at": { "column": "RecordedDate" }, "contact.id": { "column": "ExternalReference", "optional": true },
                "contact.email": { "column": "RecipientEmail", "optional": true }, "contact.name": { "concat": ["RecipientFirstName", "RecipientLastName"], "optional": true },
                "language": { "column": "UserLanguage", "optional": true },
                "channel": { "column": "DistributionChannel", "map": { "email": "email", "sms": "sms" }, "else": { "value": null }, "optional": true } } }
            """, true),
        new(["respondent id", "collector id"], """
            { "name": "SurveyMonkey", "format": "csv", "header": { "row": 1, "skip": 1, "combine": true },
              "fields": { "id": "Respondent ID", "occurred_at": { "column": "End Date", "dates": ["M/d/yyyy h:mm:ss tt", "M/d/yyyy H:mm:ss", "M/d/yyyy H:mm", "iso"] },
                "contact.email": { "column": "Email Address", "optional": true }, "contact.name": { "concat": ["First Name", "Last Name"], "optional": true },
                "attributes.collector": { "column": "Collector ID", "optional": true } } }
            """, true),
        new(["start date (utc)", "submit date (utc)", "network id"], """
            { "name": "Typeform", "format": "csv",
              "fields": { "id": { "first_of": ["#", "Token"], "optional": true }, "occurred_at": "Submit Date (UTC)", "tags": { "column": "Tags", "split": ",", "optional": true } } }
            """, true),
        new(["review id", "review created (utc)", "review stars"], """
            { "name": "Trustpilot", "format": "csv",
              "fields": { "id": "Review Id", "occurred_at": "Review Created (UTC)", "channel": { "constant": "review" }, "kind": { "constant": "indirect" },
                "rating.scale": { "constant": "stars" }, "rating.value": "Review Stars", "text": { "concat": ["Review Title", "Review Content"], "separator": "\n" },
                "contact.id": { "column": "Review Consumer User Id", "optional": true }, "contact.name": { "column": "Review Username", "optional": true },
                "subject.location": { "first_of": ["Location Name"], "optional": true }, "subject.order": { "column": "Reference Id", "optional": true },
                "language": { "column": "Review Language", "optional": true }, "attributes.source_of_review": { "column": "Source Of Review", "optional": true } } }
            """, false),
        new(["package name", "star rating", "review link"], """
            { "name": "Google Play", "format": "csv",
              "skip_when": [ { "column": "Review Link", "empty": true } ],
              "fields": { "id": "Review Link", "occurred_at": { "column": "Review Last Update Millis Since Epoch", "dates": ["unix_ms"] }, "channel": { "constant": "review" },
                "kind": { "constant": "indirect" }, "rating.scale": { "constant": "stars" }, "rating.value": "Star Rating",
                "text": { "concat": ["Review Title", "Review Text"], "separator": "\n" }, "language": { "column": "Reviewer Language", "optional": true },
                "attributes.device": { "column": "Device", "optional": true }, "attributes.app_version": { "column": "App Version Name", "optional": true },
                "subject.sku": { "column": "Package Name", "optional": true } } }
            """, false),
        new(["reviewid", "starrating", "createtime"], """
            { "name": "Google Business Profile", "format": "json", "records": "reviews",
              "fields": { "id": "reviewId", "occurred_at": "createTime", "channel": { "constant": "review" }, "kind": { "constant": "indirect" }, "rating.scale": { "constant": "stars" },
                "rating.value": { "column": "starRating", "map": { "ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5 } },
                "text": { "column": "comment", "optional": true, "regex": "^(?s)(?:.*?\\(Original\\)\\s*(.+)|(?!.*\\(Original\\))(.+?)(?:\\s*\\(Translated by Google\\).*)?)$" },
                "contact.name": { "column": "reviewer.displayName", "optional": true }, "subject.location": { "column": "name", "regex": "locations/([^/]+)", "optional": true } } }
            """, false),
        new(["survey_type", "score", "permalink"], """
            { "name": "Delighted",
              "fields": { "id": "id", "occurred_at": { "column": "created_at", "dates": ["unix", "iso"] },
                "rating.scale": { "column": "survey_type", "map": { "nps": "nps", "csat": "csat", "ces": "ces", "stars": "stars", "5-star": "stars", "thumbs": "thumbs" } }, "rating.value": "score",
                "text": { "column": "comment", "optional": true }, "contact.id": { "first_of": ["person.id", "person"], "optional": true }, "contact.email": { "first_of": ["person.email", "email"], "optional": true },
                "contact.name": { "first_of": ["person.name", "name"], "optional": true }, "tags": { "column": "tags", "split": ";", "optional": true },
                "attributes.source": { "column": "person_properties.Delighted Source", "optional": true } } }
            """, false),
        new(["requester_id", "status", "created_at", "subject"], """
            { "name": "Zendesk tickets",
              "fields": { "id": { "template": "ticket-{id}" }, "occurred_at": "created_at", "channel": { "constant": "ticket" }, "kind": { "constant": "indirect" },
                "text": { "first_of": ["description", "subject"], "optional": true }, "contact.id": "requester_id", "account.id": { "column": "organization_id", "optional": true },
                "subject.ticket": "id", "subject.issue": { "column": "type", "optional": true }, "tags": { "column": "tags", "split": ";", "optional": true },
                "attributes.status": "status", "attributes.priority": { "column": "priority", "optional": true }, "attributes.due_at": { "column": "due_at", "as": "date", "optional": true },
                "rating.scale": { "constant": "thumbs" },
                "rating.value": { "first_of": ["satisfaction_rating.score", "satisfaction_rating"], "map": { "good": 1, "bad": 0 }, "else": { "value": null }, "optional": true } } }
            """, false),
    ];
}
