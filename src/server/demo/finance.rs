//! People & Finance: who works here, and what pays for it.

use crate::domain::okr::{State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, graded, milestones, objective, reach};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "Everybody knows what a house earns")
        .why("We knew what we spent, and guessed what it brought. Crews, sales and board guessed differently.")
        .of("farid", &["finance"])
        .under("pace")
        .known_by(&[
            reach("Houses with a known margin", "%", 15.0, 95.0).by("joana").said(&[
                (15.0, 6, ""),
                (40.0, 7, ""),
                (82.0, 8, "Two houses lose money. Now we know which, and why."),
            ]),
            reach("Days to close a month", "days", 24.0, 8.0).said(&[
                (24.0, 6, ""),
                (17.0, 7, "Receipts by photo, on the day."),
                (11.0, 8, ""),
            ]),
            at_least("Crews who can name their house’s margin", "%", 50.0).by("claire").said(&[
                (5.0, 5, ""),
                (30.0, 6, ""),
                (42.0, 6, "They ask better questions than the board."),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Open books made crews careful with our money in a way that no rule did. The last month-end took eleven days; the \
             rest is waiting for other people’s invoices.",
        ),
    objective(Second, "People stay because it is good here")
        .why("Seven people left in six months. Each of them told somebody why, just not us.")
        .of("claire", &["finance"])
        .under("pace")
        .known_by(&[
            reach("Leavers in a quarter", "people", 4.0, 1.0).said(&[(4.0, 5, ""), (3.0, 6, ""), (2.0, 7, "Two, both moving abroad.")]),
            reach("People with a talk about their work a month", "%", 35.0, 90.0).by("elif").said(&[
                (35.0, 6, ""),
                (58.0, 7, "On a walk, not in a room."),
                (81.0, 8, ""),
            ]),
            reach("Crew members who know next month’s plan", "%", 20.0, 90.0).by("joana").said(&[
                (20.0, 6, ""),
                (60.0, 7, ""),
                (88.0, 9, "It hangs in the kitchen. High technology."),
            ]),
        ])
        .learned(
            Verdict::Adapt,
            "Knowing the plan counts more than fruit baskets. What is left is pay for the youngest, which needs money and not \
             another survey.",
        ),
    objective(Third, "Cash arrives before winter does")
        .key("cash")
        .why("We buy before the cold comes and are paid after it. In between there is a hole with our name on it.")
        .of("yuki", &["finance", "coops"])
        .under("pace")
        .weighs(2)
        .known_by(&[
            reach("Invoices unpaid after 30 days", "EUR", 84_000.0, 25_000.0).by("farid").said(&[
                (84_000.0, 6, ""),
                (97_000.0, 5, "Two co-ops changed their treasurer at once."),
                (104_000.0, 4, ""),
                (112_000.0, 3, "Further from the target than on day one. Henrik and I visit the three largest in person."),
            ]),
            reach("Contracts with a down payment", "%", 25.0, 80.0).by("joana").said(&[
                (25.0, 7, ""),
                (40.0, 7, ""),
                (58.0, 8, "Nobody refused so far. We had only never asked."),
            ]),
            milestones("A credit line that follows the season", &[
                ("Two banks make an offer", 1),
                ("Agreed in principle", 2),
                ("Signed", 3),
            ])
            .by("yuki")
            .weighs(2)
            .doing(&[("Term sheet with both banks", true), ("Board resolution", true), ("Notary’s date", false)])
            .said(&[
                (0.0, 6, ""),
                (1.0, 7, "Three offers, one of them with a smile."),
                (1.0, 8, ""),
                (2.0, 9, "Agreed in principle. The signature is a date in the calendar, not a question: 9 in spite of the pace."),
            ]),
        ]),
    objective(Third, "New colleagues feel at home by their first Friday")
        .key("first-friday")
        .why("Eleven people join before winter. Whoever is lost in week one is gone in month six.")
        .of("claire", &["finance", "install"])
        .under("pace")
        .known_by(&[
            reach("Newcomers who would join again after a month", "%", 68.0, 95.0).said(&[
                (68.0, 7, ""),
                (79.0, 7, "Everybody gets a person, not a portal."),
                (88.0, 8, ""),
            ]),
            reach("Open places filled", "places", 0.0, 11.0).by("elif").said(&[
                (0.0, 6, ""),
                (3.0, 6, ""),
                (6.0, 7, "Six of eleven; the academy’s waiting list fills the rest."),
                (8.0, 8, ""),
            ]),
            at_most("Days until somebody has all they need", "days", 1.0).by("bo").of("technology").said(&[
                (6.0, 5, ""),
                (3.0, 6, "Keys, shoes, laptop, in this order."),
                (1.0, 9, "One day, shoes included."),
            ]),
            reach("Hold twelve welcome breakfasts", "breakfasts", 0.0, 12.0).by("elif").said(&[
                (0.0, 8, ""),
                (4.0, 8, ""),
                (7.0, 9, "Seven. They are nice. Are they a result? Noor says: ask the newcomers."),
            ]),
        ]),
    objective(Third, "We count carbon as carefully as cash")
        .key("carbon")
        .why("It is why we exist, and so far we multiply it from a leaflet.")
        .of("joana", &["finance", "technology"])
        .under("warm")
        .supports(&["reuse"])
        .aspirational()
        .known_by(&[
            reach("Carbon of a home in a year, all counted", "kg", 640.0, -60.0).said(&[
                (640.0, 6, "Measured, not guessed: twice what the leaflet says, because of winter electricity."),
                (560.0, 6, ""),
                (390.0, 7, "Cheap hours are clean hours. Priya’s night mode did this without meaning to."),
                (310.0, 6, "Below zero needs the roofs, and those come next year."),
            ]),
            reach("Houses with measured instead of assumed values", "%", 15.0, 90.0).by("salma").said(&[
                (15.0, 7, ""),
                (33.0, 7, ""),
                (64.0, 8, "The house record carries the meter now."),
            ]),
            reach("Suppliers who tell us their own numbers", "%", 10.0, 60.0).by("ines").of("supply").said(&[
                (10.0, 5, ""),
                (18.0, 5, "Some send a number, some send a brochure with a leaf on it."),
                (26.0, 5, ""),
            ]),
            graded(
                "An auditor signs it",
                "With reservations",
                "With remarks",
                "Without a word",
            )
            .by("farid")
            .said(&[(0.0, 6, ""), (1.0, 7, "“With reservations”, about our vans. The auditor came by bicycle.")]),
        ]),
    objective(Third, "We talk about OKRs as we talk about houses")
        .key("okr-talk")
        .why("Plainly, every week, in front of each other, and without fear of red.")
        .of("noor", &["company", "finance"])
        .known_by(&[
            reach("Key results checked in on time", "%", 55.0, 90.0).of("finance").said(&[
                (55.0, 7, ""),
                (68.0, 7, ""),
                (81.0, 8, "Ingrid checks in hers before anybody else. That did it."),
            ]),
            reach("People who can say what their work is for", "%", 46.0, 85.0).of("finance").by("claire").said(&[
                (46.0, 6, ""),
                (57.0, 7, ""),
                (66.0, 7, "Asked in the kitchen, with cake."),
            ]),
            graded(
                "The quarter’s conversation",
                "Every team holds one",
                "Every team drops or changes something",
                "An assumption of the strategy falls",
            )
            .of("finance")
            .said(&[(0.0, 7, ""), (0.0, 7, "They come at the end of the quarter, so nothing to see yet.")]),
        ]),
    objective(Fourth, "Pay that people can explain to each other")
        .why("It is the one thing that the last survey agreed on.")
        .of("claire", &["finance"])
        .under("pace")
        .state(State::Proposed)
        .known_by(&[
            reach("People who find their pay fair", "%", 49.0, 75.0).by("elif"),
            at_most("Difference in pay for the same work", "%", 2.0).by("joana"),
        ]),
    objective(Fourth, "A budget that is a plan and not a wish")
        .why("This year’s was neither read nor right.")
        .of("farid", &["finance"])
        .under("pace")
        .state(State::Draft)
        .known_by(&[
            at_most("Forecast of cash, off by", "%", 5.0).by("joana"),
            reach("Teams that wrote their own part", "teams", 0.0, 12.0).by("yuki"),
        ]),
];
