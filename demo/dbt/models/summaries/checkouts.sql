{#- A funnel needs all events of an actor: customers that something came for are computed anew, and
    each has a line. The device is that of the first view. -#}
{{ config(unique_key='customer_id') }}

select
    customer_id,
    min_by(device, at) filter (where event = 'view') as device,
    funnel(customer_id, at, event, '{{ var("checkout_steps") }}', '{{ var("as_of") }}') as shop,
    max(loaded_at) as loaded_at
from {{ source('landing', 'events') }}
{% if is_incremental() %}
where customer_id in (
    select customer_id
    from {{ source('landing', 'events') }}
    where loaded_at > (select max(loaded_at) from {{ this }})
)
{% endif %}
group by customer_id
