//! Resident Care, which answers when something is not as it should be.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, graded, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "Nobody has to call us twice")
        .why("The second call is the one that people tell their neighbours about.")
        .of("beatriz", &["care"])
        .under("ends-well")
        .known_by(&[
            reach("Questions settled in one talk", "%", 48.0, 75.0).by("sam").said(&[
                (48.0, 6, ""),
                (51.0, 6, "Cold snap: everybody called twice, us included."),
                (63.0, 7, ""),
                (71.0, 8, "With the house page open we answer before they finish asking."),
            ]),
            reach("Minutes until somebody answers", "min", 11.0, 3.0).by("linh").said(&[
                (11.0, 5, ""),
                (14.0, 4, "Minus twelve degrees and four colleagues with a cold."),
                (6.0, 6, ""),
                (4.2, 7, ""),
            ]),
            at_least("Callers who feel taken seriously", "%", 85.0).every_time().by("ayesha").missed(&[4]).said(&[
                (79.0, 6, ""),
                (84.0, 6, ""),
                (88.0, 8, "We call back in the evening, even if there is nothing new."),
                (90.0, 8, ""),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "The promise “I call you back today” matters more than the answer. Cold snaps need a plan before they come: the rota \
             for the next one hangs on the wall.",
        ),
    objective(Second, "We call before residents have to")
        .why("A pressure drop on Tuesday is a cold bathroom on Friday. We see it on Tuesday.")
        .of("ayesha", &["care", "controls"])
        .under("ends-well")
        .known_by(&[
            reach("Faults about which we called first", "%", 5.0, 50.0).said(&[
                (5.0, 6, ""),
                (16.0, 6, ""),
                (31.0, 7, "“How did you know?” is the best sentence in this job."),
                (38.0, 7, ""),
            ]),
            reach("Homes that were cold for more than a day", "homes", 31.0, 8.0).by("mihail").said(&[
                (31.0, 6, ""),
                (22.0, 7, ""),
                (12.0, 8, "Eight of twelve in one house with a broken riser."),
            ]),
            reach("Write 30 articles for the help pages", "articles", 4.0, 30.0).by("greta").said(&[
                (4.0, 8, ""),
                (17.0, 9, ""),
                (30.0, 10, "Thirty written. Nobody reads them yet."),
            ])
            .scored(0.5),
        ])
        .learned(
            Verdict::Adapt,
            "Calling first works; three of four residents were surprised and glad. The thirty articles were a task that we had \
             dressed up as a result: done, and no call fewer. We scored them 0.5 and learned to ask “so that what?”",
        ),
    objective(Third, "We promise a warm home, and keep it by evening")
        .key("warm-promise")
        .why("One sentence for everybody: if you are cold in the morning, you are warm in the evening.")
        .of("beatriz", &["care", "install"])
        .under("ends-well")
        .weighs(2)
        .known_by(&[
            reach("Cold homes that are warm the same day", "%", 52.0, 90.0).key("same-day")
                .weighs(2)
                .doing(&[("Evening rota with Installation", true), ("A shelf of loan heaters in each workshop", false)])
                .said(&[
                (52.0, 6, ""),
                (58.0, 6, "Two people of Installation on call every evening: worth it from the first night."),
                (66.0, 7, ""),
                (72.0, 7, "What is left are parts. No board, no warmth."),
                (79.0, 8, "Seventy-nine, with boards back on the shelf."),
            ]),
            reach("Call-outs for each 100 homes", "call-outs", 9.0, 5.0).by("mihail").said(&[
                (9.0, 6, ""),
                (9.6, 5, ""),
                (11.0, 4, "Up: the oldest pumps feel the first cold nights."),
                (10.4, 4, "Worse than where we began. 21 homes make half of it, and we know which."),
            ]),
            at_least("Callers who feel taken seriously", "%", 88.0).every_time().by("ayesha").missed(&[3]).said(&[
                (90.0, 8, ""),
                (87.0, 7, ""),
                (91.0, 8, "Sam’s evening calls: “just to hear whether it is warm”."),
                (92.0, 9, ""),
            ]),
        ]),
    objective(Third, "The oldest pumps grow old with dignity")
        .key("old-pumps")
        .why("118 homes still run on the first model that we ever sold. They trusted us first.")
        .of("mihail", &["care", "install"])
        .under("same-day")
        .known_by(&[
            reach("Old pumps checked before the first frost", "pumps", 0.0, 118.0).said(&[
                (0.0, 7, ""),
                (22.0, 7, "Some residents offer cake, some offer opinions. Most offer both."),
                (51.0, 7, ""),
                (80.0, 8, "Eighty. Two would have failed in the first frost."),
            ]),
            reach("Breakdowns of old pumps in a week", "breakdowns", 7.0, 2.0).by("linh").said(&[
                (7.0, 6, ""),
                (8.0, 5, ""),
                (6.0, 6, ""),
                (5.0, 6, "The ones that we checked stay quiet; the list is in the right order."),
            ]),
            graded(
                "A fair way to a new pump",
                "A price that we can explain",
                "Half of the owners say yes",
                "All who want one have a date",
            )
            .by("greta")
            .said(&[(0.0, 5, ""), (1.0, 7, "Trade-in at the price of the copper plus a thank-you. Farid approved it.")]),
        ]),
    objective(Third, "Everyone is answered in their own language")
        .key("own-language")
        .why("A cold room is hard enough to explain in the language you dream in.")
        .of("linh", &["care"])
        .under("ends-well")
        .known_by(&[
            reach("Talks held in the caller’s first language", "%", 44.0, 75.0).said(&[
                (44.0, 7, ""),
                (52.0, 7, "Linh, Mihail and Ayesha cover five; the phone interpreters three more."),
                (63.0, 8, ""),
                (66.0, 8, ""),
            ]),
            reach("Calls that end in a misunderstanding", "calls", 19.0, 5.0)
                .by("sam")
                .said(&[
                    (19.0, 6, ""),
                    (15.0, 6, ""),
                    (9.0, 7, "A drawing of a radiator helps in every language."),
                    (9.0, 7, ""),
                ])
                .yesterday((8.0, 8, "Eight. The new picture card hangs in forty stairwells.")),
            at_most("Wait for an interpreter", "min", 4.0).by("greta").missed(&[0, 1, 2]).said(&[
                (9.0, 5, ""),
                (6.0, 6, "New contract, faster, and they like us."),
            ]),
        ]),
    objective(Fourth, "The next cold snap does not frighten us")
        .why("The last one broke our promise and two of our colleagues’ nerves. Not again.")
        .of("beatriz", &["care"])
        .under("ends-well")
        .state(State::Proposed)
        .known_by(&[
            at_most("Longest wait on the coldest day", "min", 10.0).by("linh"),
            reach("Cold homes that are warm the same day", "%", 79.0, 95.0).by("ayesha"),
            at_most("Evenings on call for each of us in a month", "evenings", 4.0).by("sam"),
        ]),
];
